"""What the words of the results pages mean, for readers of eleven."""

from flask_babel import gettext as _


def glossary() -> list[tuple[str, str]]:
    """Words and what they mean, in the order a reader meets them."""
    return [
        (_("Answers"), _("How many people answered this question. People who said “I don’t know” are counted apart.")),
        (_("Favourable"), _("The answers that are good news, such as “agree” and “strongly agree”.")),
        (_("Per cent (%)"), _("How many there would be if exactly 100 people had answered.")),
        (_("Score"), _("A number from 0 to 100 for a whole topic. A higher score is better.")),
        (
            _("Likely between"),
            _("If other people from the same school had answered, the number would most likely be in here."),
        ),
        (_("Mean"), _("Add up all the numbers and share them out equally. This is what each would get.")),
        (_("Chance"), _("Numbers always go up and down a little, with no reason. Small gaps are often just that.")),
        (_("Group"), _("People who have something in common, such as a year group.")),
        (
            _("Split by two things"),
            _("Groups inside groups, such as girls of Year 8. Many are small and so hidden."),
        ),
        (_("Hidden"), _("So few people are in the group that a number could give away what someone said.")),
        (
            _("Nearly all, hardly any"),
            _("We do not say if it was everyone or no one. That would tell what each said."),
        ),
        (_("Wave"), _("One time when the survey was open.")),
        (_("Theme"), _("What a comment is about, such as lunch. A program sorts comments, and it makes mistakes.")),
    ]
