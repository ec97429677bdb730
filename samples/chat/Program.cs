using Microsoft.Extensions.AI;
using Picket;
using Picket.Chat;
using Picket.Models;
using Picket.Samples.Chat;

// dotnet run --project samples/chat
// The guard stands outside, so that it sees what the user wrote; any other IChatClient takes the place of the echo.
await using GuardCascade cascade = await GuardLoader.LoadCascadeAsync();
using IChatClient client = new EchoChatClient().WithBiasDefense().WithGuard(cascade);
await Conversation.RunAsync(client, Console.In, Console.Out);
