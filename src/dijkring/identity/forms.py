# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms of identity."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dijkring.core import clock
from dijkring.core.access import ROLE_LABELS
from dijkring.identity.models import BreakGlassUse
from dijkring.identity.oidc.roles import Rule
from dijkring.ui.forms import DateInput, ReasonField

ROLES = [(role.value, label) for role, label in ROLE_LABELS.items()]
ROLE_WORDS = {str(value) for value, _label in ROLES}


class ProviderForm(forms.Form):
    """What we must know of the provider."""

    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("How your colleagues know this login.")
    )
    issuer = forms.CharField(
        label=_("Issuer"),
        max_length=300,
        help_text=_("The https address that the provider calls itself, exactly."),
    )
    client_id = forms.CharField(label=_("Client id"), max_length=200)
    secret = forms.CharField(
        label=_("Secret"),
        max_length=500,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "It is kept encrypted and never shown. Leave it empty to keep the present one; another "
            "issuer or client id needs the secret again."
        ),
    )
    domains = forms.CharField(
        label=_("E-mail domains"),
        max_length=300,
        required=False,
        help_text=_("Only shown, so that people recognise it. An address gives no access."),
    )
    two_steps = forms.BooleanField(
        label=_("This provider asks everybody for a second step"), required=False
    )


class RulesForm(forms.Form):
    """The rules, one per line, as people paste them."""

    rules = forms.CharField(
        label=_("Rules"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=_(
            "One rule per line: claim = value → role, for example: groups = dijkring-ciso → ciso. "
            "The first rule that fits decides; who fits no rule has no access. Without any rule "
            "only people who have access already can log in."
        ),
    )

    def clean_rules(self) -> list[Rule]:
        """Return the rules; a line that cannot be read is named by its number."""
        lines = enumerate(self.cleaned_data["rules"].splitlines(), 1)
        return [self._rule(number, line) for number, line in lines if line.strip()]

    def _rule(self, number: int, line: str) -> Rule:
        claim, equals, rest = line.partition("=")
        value, arrow, role = (part.strip() for part in rest.replace("->", "→").rpartition("→"))
        if not (claim.strip() and equals and value and arrow) or role not in ROLE_WORDS:
            words = {"line": number, "roles": ", ".join(sorted(ROLE_WORDS))}
            raise forms.ValidationError(
                _("Line %(line)d cannot be read. Roles are: %(roles)s.") % words
            )
        if len(claim.strip()) > 120 or len(value) > 200:
            raise forms.ValidationError(_("Line %(line)d is too long.") % {"line": number})
        return Rule(claim.strip(), value, role)


def written(rules: list[Rule]) -> str:
    """Return rules as the form takes them."""
    return "\n".join(f"{rule.claim} = {rule.value} → {rule.role}" for rule in rules)


class DutyForm(forms.Form):
    """Whether and from when everybody needs a second step."""

    required = forms.BooleanField(label=_("Everybody needs a second step"), required=False)
    from_at = forms.DateField(
        label=_("From"),
        required=False,
        widget=DateInput,
        help_text=_("Empty: now. Until then people are asked to prepare, and can still log in."),
    )

    def clean_from_at(self) -> datetime | None:
        """Return the beginning of the day in the Netherlands."""
        day = self.cleaned_data["from_at"]
        return clock.begin_of(day) if day else None


class BreakGlassForm(forms.Form):
    """For whom the account is, and where its envelope lies."""

    name = forms.CharField(
        label=_("For which role in the crisis"),
        max_length=80,
        help_text=_("For example: chair of the crisis team."),
    )
    role = forms.ChoiceField(label=_("Role in Dijkring"), choices=ROLES)
    keeper = forms.CharField(label=_("Where the envelope lies"), max_length=200)


class BreakSealForm(forms.Form):
    """The code from the envelope, and who opens it for what."""

    code = forms.CharField(
        label=_("Code from the envelope"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    who = forms.CharField(label=_("Your name"), max_length=120)
    why = forms.ChoiceField(label=_("What is it for?"), choices=BreakGlassUse.Why.choices)
    reason = ReasonField()


class ReviewForm(forms.Form):
    """What a look at the use brought."""

    text = ReasonField(label=_("What came out?"), help_text=_("This stays visible."))


class GiveForm(forms.Form):
    """Who gets emergency access, and for which role."""

    user_id = forms.TypedChoiceField(label=_("Colleague"), coerce=int, choices=())
    purpose = forms.CharField(
        label=_("For which role in the crisis"),
        max_length=200,
        help_text=_("For example: chair of the crisis team. It stays visible."),
    )

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["user_id"].choices = people  # type: ignore[attr-defined]


def _secret(label: Any, autocomplete: str, help: Any = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=200, strip=False, widget=widget, help_text=help)


def _code(label: Any, help: Any = "") -> forms.CharField:
    attributes = {"autocomplete": "one-time-code", "spellcheck": "false"}
    widget = forms.TextInput(attrs=attributes)
    return forms.CharField(label=label, max_length=40, widget=widget, help_text=help)


class EmergencyForm(forms.Form):
    """Both steps at once, and what it is for."""

    login = forms.CharField(
        label=_("Name to log in with"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
        help_text=_("It stands on your printed page, for example anna-de-boer."),
    )
    password = _secret(_("Password of your emergency access"), "current-password")
    code = _code(_("Code of the app, or one from your printed page"))
    why = forms.ChoiceField(label=_("What is it for?"), choices=BreakGlassUse.Why.choices)
    reason = ReasonField()


class EnrolForm(forms.Form):
    """A password of its own, and a code that shows that the app works."""

    password = _secret(
        _("A password for this only"),
        "new-password",
        _("At least twelve signs, and not the one of your organisation."),
    )
    again = _secret(_("The same password again"), "new-password")
    code = _code(_("Code that the app shows"), _("Six digits."))

    def clean(self) -> dict[str, Any]:
        """Refuse two passwords that differ."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("password") != values.get("again"):
            self.add_error("again", _("The two passwords are not the same."))
        return values

    def wanted(self) -> dict[str, str]:
        """Return what the service is asked."""
        return {name: self.cleaned_data[name] for name in ("password", "code")}
