"""Texts that a manager can change: plain words with named fields, never programs.

    rendering.checked(text)               the template as it is stored, or BadInput
    rendering.render(text, fields)        what the guest reads
    choice.chosen(own, about, …)          whose words, in which language
    preview.preview(text, fields, …)      everything a person should see before saving

jinja2 is imported by the first text, not with the till.
"""
