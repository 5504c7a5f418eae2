"""The loop of evidence, question, enquiry, findings, priorities, action, effect and the next question."""
