namespace Picket.Models.Tokenization;

/// <summary>The ids of the special tokens; -1 stands for one that the vocabulary lacks.</summary>
/// <param name="Cls">Begins a sequence: [CLS], or &lt;s&gt; where there is none.</param>
/// <param name="Sep">Ends a segment: [SEP], or &lt;/s&gt;.</param>
/// <param name="Pad">Fills a batch: [PAD], or &lt;pad&gt;.</param>
/// <param name="Unk">Stands for characters without a piece; never -1.</param>
/// <param name="Mask">[MASK], or &lt;mask&gt;; for DeBERTa-v3 the first id after the file's pieces.</param>
public readonly record struct SpecialTokens(int Cls, int Sep, int Pad, int Unk, int Mask);
