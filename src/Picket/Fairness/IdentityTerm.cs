namespace Picket.Fairness;

/// <summary>The part of speech of an <see cref="IdentityTerm"/>: only terms of one form stand in for each other.</summary>
public enum IdentityForm
{
    /// <summary>An adjective: Muslim.</summary>
    Adjective,

    /// <summary>A noun in the plural: Muslims.</summary>
    Plural,
}

/// <summary>A word, or a few, that says which group somebody belongs to.</summary>
/// <param name="Text">As it is written within a sentence.</param>
/// <param name="Dimension">What it says: religion, origin, age.</param>
/// <param name="Form">What it stands in for.</param>
/// <param name="Ambiguous">It often says something else, as in black coffee, and means a group only before a word for people.</param>
public sealed record IdentityTerm(string Text, string Dimension, IdentityForm Form = IdentityForm.Adjective, bool Ambiguous = false);
