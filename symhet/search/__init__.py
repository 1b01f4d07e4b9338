"""The search for certificates: nothing here is believed."""
