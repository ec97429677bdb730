using System.Diagnostics;

namespace Picket;

/// <summary>The cascade's part of a trace.</summary>
internal static class CascadeSpans
{
    /// <summary>Gives one span <c>route</c> a router, with how many inputs it saw and how many go to the next guard.</summary>
    public static readonly ActivitySource Source = new("Picket");
}
