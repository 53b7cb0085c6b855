namespace PlexAuth.Cli.Sessions;

// The sign-ins kept on this machine, one for each profile, and which of them counts where none is named.
internal sealed class Profiles(string directory)
{
    private const string CurrentName = "profile";

    public PlexSessionStore Store { get; } = PlexSessionStore.InDirectory(directory);

    public string Current => File.Exists(CurrentFile) && File.ReadAllText(CurrentFile).Trim() is { Length: > 0 } name ? name : PlexSessionStore.DefaultProfile;

    public string Directory => directory;

    private string CurrentFile => Path.Combine(directory, CurrentName);

    public static string FileNameOf(string profile) => profile == PlexSessionStore.DefaultProfile ? "session.json" : $"session.{profile}.json";

    public async Task UseAsync(string profile, CancellationToken cancellationToken)
    {
        if (await Store.LoadAsync(profile, cancellationToken) is null)
            throw ToolException.Usage($"There is no profile '{profile}'. Make it with: plexauth signin --profile {profile}");

        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var writer = new StreamWriter(CurrentFile, options);
        await writer.WriteAsync(profile);
    }

    public async Task RemoveAsync(string profile, CancellationToken cancellationToken)
    {
        await Store.SaveAsync(profile, null, cancellationToken);
        if (Current == profile)
            File.Delete(CurrentFile);
    }
}
