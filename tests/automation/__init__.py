"""Tests of pos_app.automation."""
