"""Tests of pos_app.insights."""
