using FsCheck;
using FsCheck.Fluent;
using Picket.Models.DebertaV2;

namespace Picket.Models.Tests.DebertaV2.Guard;

public sealed class TokenWindowsTests
{
    [Fact]
    public void Create_AnyLength_CoversEveryTokenWithFullWindowsThatOverlap() =>
        Prop.ForAll(Numbers(3000).ToArbitrary(), Numbers(300).ToArbitrary(), Numbers(200).ToArbitrary(), static (length, size, overlap) =>
        {
            var windows = TokenWindows.Create(length, size, overlap);
            int reached = 0;
            for (int i = 0; i < windows.Count; i++)
            {
                (int start, int count) = windows[i].GetOffsetAndLength(length);
                Assert.Equal(Math.Min(Math.Max(1, size), length), count);
                Assert.True(i == 0 ? start == 0 : start <= reached - windows.Overlap && start + count > reached);
                reached = start + count;
            }

            Assert.Equal(length, reached);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Share_AnyPair_FitsAndCoversBoth() =>
        Prop.ForAll(Numbers(2000).ToArbitrary(), Numbers(2000).ToArbitrary(), Numbers(500).ToArbitrary(), static (prompt, response, extra) =>
        {
            int room = extra + 5;
            (TokenWindows first, TokenWindows second) = TokenWindows.Share(prompt, response, room, overlap: 64);
            for (int i = 0; i < Math.Max(first.Count, second.Count); i++)
            {
                Assert.True(first[i].GetOffsetAndLength(prompt).Length + second[i].GetOffsetAndLength(response).Length <= room);
            }

            Assert.Equal(prompt, first[first.Count - 1].End.Value);
            Assert.Equal(response, second[second.Count - 1].End.Value);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(100, 400, 100, 400)]
    [InlineData(100, 1000, 100, 409)]
    [InlineData(1000, 100, 409, 100)]
    [InlineData(1000, 1000, 254, 255)]
    [InlineData(0, 1000, 1, 509)]
    public void Share_LongPair_KeepsAShortSideWholeAndElseSharesTheRoom(int prompt, int response, int promptSize, int responseSize)
    {
        (TokenWindows first, TokenWindows second) = TokenWindows.Share(prompt, response, room: 509, overlap: 64);

        Assert.Equal((promptSize, responseSize), (first.Size, second.Size));
    }

    private static Gen<int> Numbers(int most) => Gen.Choose(0, most);
}
