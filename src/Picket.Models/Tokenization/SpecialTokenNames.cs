namespace Picket.Models.Tokenization;

/// <summary>What the special tokens are called: DeBERTa's name, then that of the models without it.</summary>
internal static class SpecialTokenNames
{
    public static readonly string[] Cls = ["[CLS]", "<s>"];
    public static readonly string[] Sep = ["[SEP]", "</s>"];
    public static readonly string[] Pad = ["[PAD]", "<pad>"];
    public static readonly string[] Mask = ["[MASK]", "<mask>"];
    public static readonly string[] All = [.. Cls, .. Sep, .. Pad, .. Mask];

    public static SpecialTokens Find(TokenizerModel model) =>
        new(Find(model, Cls), Find(model, Sep), Find(model, Pad), model.Unknown, Find(model, Mask));

    private static int Find(TokenizerModel model, string[] names)
    {
        foreach (string name in names)
        {
            int id = model.Added.FirstOrDefault(token => token.Text == name)?.Id ?? model.Vocabulary.Find(name);
            if (id >= 0)
            {
                return id;
            }
        }

        return -1;
    }
}
