using System.Diagnostics;

namespace Picket;

/// <summary>The cascade's part of a trace.</summary>
internal static class CascadeSpans
{
    /// <summary>Gives one span <c>route</c> a check, with how many inputs there were and how many go to the large guard.</summary>
    public static readonly ActivitySource Source = new("Picket");
}
