"""The ways to practise: words, questionnaire and pages; the models are in guide/editorial/models/practice.py."""
