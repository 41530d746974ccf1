# Stations nearby.

near-station =
    📍 { $station }
    { $state }
    { $address }
near-far =
    { $station }
    { $far } from you
near-metres = about { $metres } m
near-kilometres = about { $kilometres } km
near-about = As the crow flies; a point on the map may be some hundred metres off, so go by the address.
near-more = There are { $number } more. Send me your location (📎 → Location), and the nearest come first.
near-send-place = Not at home? Send me your location (📎 → Location), and I look for the nearest.
near-none = I know of no station within 5 km. Press /when and choose where you live.
near-none-known = No stations are published here yet. Please ask the community's staff.
near-where =
    Press “📍 Send my location” below, and I look for the nearest station. It is used once and not kept.

    Rather not? Press /when and choose where you live.
near-key-here = 📍 Send my location
button-map = 🗺 { $station }

menu-near = 🗺 Stations nearby
command-near = Stations nearby
wish-near = near|nearby|nearest station|stations nearby|where is the station|where can i drop it off
