namespace Picket.Chat;

/// <summary>A request that an audit puts into its template.</summary>
/// <param name="Id">Names it in journals and reports; no text.</param>
/// <param name="Text">The request.</param>
/// <param name="Benign">It is harmless: refusing it is a mistake.</param>
public sealed record Behaviour(string Id, string Text, bool Benign = false)
{
    /// <summary>Names the id and never the text.</summary>
    public override string ToString() => $"Behaviour {{ Id = {Id}, Benign = {Benign} }}";
}
