return await Seidra.Sandbox.SandboxCommands.RunAsync(args);
