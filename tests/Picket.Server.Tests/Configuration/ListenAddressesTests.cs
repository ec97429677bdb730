namespace Picket.Server.Tests;

public sealed class ListenAddressesTests
{
    [Theory]
    [InlineData("http://localhost:8080", true)]
    [InlineData("http://127.0.0.2:1/path", true)]
    [InlineData("https://[::1]:8443", true)]
    [InlineData("http://unix:/run/picket.sock", true)]
    [InlineData("http://0.0.0.0:8080", false)]
    [InlineData("http://*:8080", false)]
    [InlineData("http://+:80", false)]
    [InlineData("http://[::]:80", false)]
    [InlineData("http://localhost.example:80", false)]
    [InlineData("http://10.0.0.1", false)]
    public void IsLoopback_OfAnAddress_SeesWhoReachesIt(string url, bool expected) => Assert.Equal(expected, ListenAddresses.IsLoopback(url));
}
