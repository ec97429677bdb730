using Picket.Samples.AspNet;

// dotnet run --project samples/aspnet -- --urls http://127.0.0.1:5080
// curl http://127.0.0.1:5080/ask -H "Content-Type: application/json" -d '{"prompt":"How do I bake bread?"}'
await GuardedApp.Create(WebApplication.CreateBuilder(args)).RunAsync();
