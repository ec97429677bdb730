namespace Picket.Models.Tokenization;

/// <summary>What becomes of "[SEP]", "[CLS]" and their like where a user types them.</summary>
public enum SpecialTokensInText
{
    /// <summary>
    /// They are plain text, in full-width letters too: no input yields the id of a special token other than [UNK], and that one only for
    /// characters without a piece. A guard wants this, or its input could end its own segment.
    /// </summary>
    Text,

    /// <summary>They become the special ids where the mode's original does so: both Hugging Face modes do, sentencepiece never does.</summary>
    Ids,
}
