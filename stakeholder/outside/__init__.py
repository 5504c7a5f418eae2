"""Signing in with an account of the school elsewhere: Microsoft 365, Google, or any OpenID Connect provider."""
