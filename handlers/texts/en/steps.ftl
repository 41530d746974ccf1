# When something was asked and words are waited for.

step-cancelled = All right, never mind. Ask me about rubbish at any time.
step-none = There is nothing to cancel. Ask me about rubbish at any time.
