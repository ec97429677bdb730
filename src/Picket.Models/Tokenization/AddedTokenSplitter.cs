using System.Buffers;

namespace Picket.Models.Tokenization;

/// <summary>Cuts added tokens out of a text: of those that start first the longest, from left to right, in linear time.</summary>
internal sealed class AddedTokenSplitter
{
    private readonly SearchValues<string> _texts;
    private readonly Dictionary<string, AddedToken>.AlternateLookup<ReadOnlySpan<char>> _tokens;
    private readonly int[] _lengths;

    public AddedTokenSplitter(IReadOnlyCollection<AddedToken> tokens)
    {
        var byText = new Dictionary<string, AddedToken>(StringComparer.Ordinal);
        foreach (AddedToken token in tokens)
        {
            byText[token.Text] = token;
        }

        _texts = SearchValues.Create([.. byText.Keys], StringComparison.Ordinal);
        _tokens = byText.GetAlternateLookup<ReadOnlySpan<char>>();
        _lengths = [.. byText.Keys.Select(static text => text.Length).Distinct().OrderDescending()];
    }

    public void Append(ReadOnlySpan<char> text, ITextEncoder encoder, TokenizerScratch scratch, TokenBuffer ids)
    {
        while (text.IndexOfAny(_texts) is >= 0 and int start)
        {
            AddedToken token = At(text[start..]);
            ReadOnlySpan<char> before = text[..start];
            ReadOnlySpan<char> after = text[(start + token.Text.Length)..];
            encoder.Append(token.StripsLeft ? before.TrimEnd() : before, scratch, ids);
            ids.Add(token.Id);
            text = token.StripsRight ? after.TrimStart() : after;
        }

        encoder.Append(text, scratch, ids);
    }

    private AddedToken At(ReadOnlySpan<char> text)
    {
        foreach (int length in _lengths)
        {
            if (length <= text.Length && _tokens.TryGetValue(text[..length], out AddedToken? token))
            {
                return token;
            }
        }

        throw new InvalidOperationException("The search found a text that is none of the tokens'.");
    }
}
