using Picket.Load;

return await LoadWords.Command().Parse(args).InvokeAsync();
