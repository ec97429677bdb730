namespace Picket.Server;

/// <summary>The APIs in which texts are judged.</summary>
internal static class CheckProtocols
{
    public static readonly IReadOnlyList<CheckProtocol> All =
        [new ModerationProtocol(), new PairProtocol(), new PredictProtocol(), new LiteLlmProtocol(), new AzureProtocol()];
}
