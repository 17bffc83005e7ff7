"""Who stands at this window: a name that is changed in two taps and a PIN."""
