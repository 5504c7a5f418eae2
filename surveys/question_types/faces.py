"""A statement answered with faces, for the youngest."""

from typing import ClassVar, Literal, Self

from pydantic import model_validator

from surveys.question_types.base import register
from surveys.question_types.likert import Likert
from surveys.scales import Picture


@register
class Faces(Likert):
    """Like a likert question, drawn as big faces, with a picture beside the statement."""

    example: ClassVar[str] = """
key: happy_here
type: faces
prompt: I am happy at school
picture: heart
scale: ks1_faces3
"""

    type: Literal["faces"] = "faces"  # type: ignore[assignment]  # each kind has a name of its own
    picture: Picture | None = None

    @model_validator(mode="after")
    def _every_option_has_a_face(self) -> Self:
        without = [option.code for option in self.scale.options if option.face is None]
        if without:
            raise ValueError(f"the option '{without[0]}' has no face; expected sad, neutral or smile for each.")
        return self
