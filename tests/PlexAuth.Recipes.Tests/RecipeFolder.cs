using System.Diagnostics;

namespace PlexAuth.Recipes.Tests;

/// <summary>A folder with the guide's files as they stand there, in which `plexauth` is this project's.</summary>
internal sealed class RecipeFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("plexauth-recipe-").FullName;

    public RecipeFolder()
    {
        foreach (var (name, text) in Repository.Recipes)
            File.WriteAllText(Path.Combine(_path, name), text);
        File.WriteAllText(Path.Combine(_path, "plexauth"), $"#!/bin/sh\nexec '{Path.Combine(AppContext.BaseDirectory, "PlexAuth.Cli")}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(_path, "plexauth"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void LinkNodeModules(string modules) => File.CreateSymbolicLink(Path.Combine(_path, "node_modules"), modules);

    public async Task RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _path, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{_path}{Path.PathSeparator}{start.Environment["PATH"]}";
        start.Environment["PLEXAUTH_HOME"] = _path;
        using var process = Process.Start(start)!;
        var cancellationToken = TestContext.Current.CancellationToken;
        var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        await process.WaitForExitAsync(cancellationToken);
        process.ExitCode.ShouldBe(0, string.Concat(texts));
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
