using System.Text.Json;
using Picket.Models.Tokenization;
using Picket.Testing;

namespace Picket.Models.Tests.Tokenization;

/// <summary>The shared texts, and the ids that the originals give for them.</summary>
internal static class ReferenceInputs
{
    public static readonly string[] SpecialNames = ["[CLS]", "[SEP]", "[PAD]", "[UNK]", "[MASK]"];

    public static Dictionary<int, (string Text, string Category)> Texts()
    {
        using JsonDocument document = Open("inputs.json");
        return document.RootElement.GetProperty("inputs").EnumerateArray().ToDictionary(
            static input => input.GetProperty("id").GetInt32(),
            static input => (Text(input), input.GetProperty("category").GetString()!));
    }

    public static List<(string First, string Second)> Pairs()
    {
        using JsonDocument document = Open("inputs.json");
        return [.. document.RootElement.GetProperty("pairs").EnumerateArray().Select(static pair => (pair[0].GetString()!, pair[1].GetString()!))];
    }

    public static JsonDocument Open(string path) => JsonDocument.Parse(File.ReadAllBytes(SharedFolder.Require("refs/spm/" + path)));

    public static byte[] Model(string model) => File.ReadAllBytes(
        SharedFolder.Require($"refs/spm/{model}/{(model.StartsWith("hf-", StringComparison.Ordinal) ? "model.model" : "spm.model")}"));

    public static UnigramTokenizer Load(string model, TokenizerMode mode, SpecialTokensInText specials = SpecialTokensInText.Text) =>
        TokenizerLoader.LoadSentencePiece(Model(model), model, new TokenizerOptions { Mode = mode, SpecialTokensInText = specials });

    public static int[] Ids(this JsonElement element, string name = "ids") =>
        [.. element.GetProperty(name).EnumerateArray().Select(static id => id.GetInt32())];

    public static int[] Encode(this UnigramTokenizer tokenizer, string text)
    {
        var ids = new TokenBuffer(0);
        tokenizer.Encode(text, ids);
        return ids.Ids.ToArray();
    }

    private static string Text(JsonElement input) => input.TryGetProperty("utf16", out JsonElement units)
        ? new string([.. units.EnumerateArray().Select(static unit => (char)unit.GetInt32())])
        : input.GetProperty("text").GetString()!;
}
