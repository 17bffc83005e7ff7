"""Crash reports: what a bug left behind, kept on this computer until somebody sends it on.

A report says where it happened and in which version. It never says with what: no value of a
variable, no word of a person, no setting's content.
"""
