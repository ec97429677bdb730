namespace Picket.Ablation.Tests;

public sealed class PiecesTests
{
    [Fact]
    public void Of_Text_GivesWordsAndMarksWithTheSpaceBefore() =>
        Assert.Equal(["Don't", " bake", " 2", " cakes", ",", " please", "!"], Pieces.Of("Don't bake  2\ncakes, please!"));

    [Theory]
    [InlineData("a cup of tea (hot), \"now\" …")]
    [InlineData("größe 東京 e\u0301 🙂🙂 x ")]
    public void Of_Text_PutTogetherIsTheText(string text) => Assert.Equal(text, string.Concat(Pieces.Of(text)));

    [Theory]
    [InlineData(" Par", true)]
    [InlineData(" ", true)]
    [InlineData(":", false)]
    public void IsOpen_Piece_TellsWhetherItGoesOn(string piece, bool expected) => Assert.Equal(expected, Pieces.IsOpen(piece));
}
