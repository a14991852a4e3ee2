"""Views: pure functions from results to sheets and pages."""
