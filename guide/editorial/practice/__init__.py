"""The ways to practise: list, pages, comparison, questionnaire; models in guide/editorial/models, words in enums."""
