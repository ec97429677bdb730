using Picket.Models.Bundles;

namespace Picket.Models.Quantisation;

/// <summary>What came of a quantisation.</summary>
/// <param name="Manifest">The <c>guard.json</c> that was written.</param>
/// <param name="Units">Units that the network has: linear maps, and the table of embeddings.</param>
/// <param name="Kept">Those left in 32-bit floats, each with the reason.</param>
/// <param name="Record">What was measured, as <c>guard.json</c> holds it.</param>
/// <param name="BytesBefore">Length of the original's weights.</param>
/// <param name="BytesAfter">Length of the weights file that was written.</param>
public sealed record QuantisationResult(
    GuardManifest Manifest, int Units, IReadOnlyDictionary<string, string> Kept, QuantisationRecord Record, long BytesBefore, long BytesAfter);
