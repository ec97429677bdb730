namespace Picket.Server;

/// <summary>What can be wrong with an upstream, for the client: no word of its answer, no address.</summary>
internal static class UpstreamFaults
{
    public static RequestFault Unreachable() => new(StatusCodes.Status502BadGateway, FaultCode.UpstreamFailed, "the upstream cannot be reached");

    public static RequestFault Cut() => new(StatusCodes.Status502BadGateway, FaultCode.UpstreamFailed, "the upstream's answer broke off");

    public static RequestFault Late() => new(StatusCodes.Status504GatewayTimeout, FaultCode.UpstreamTimeout, "the upstream took too long");

    public static RequestFault Garbage(string expected) =>
        new(StatusCodes.Status502BadGateway, FaultCode.UpstreamInvalid, $"expected {expected} from the upstream, found something else");

    public static RequestFault TooLarge(int bytes) =>
        new(StatusCodes.Status502BadGateway, FaultCode.UpstreamInvalid, $"expected at most {bytes} bytes from the upstream, found more");
}
