namespace PlexAuth.Cli.Sessions;

// The sign-ins kept on this machine, one for each profile, and which of them counts where none is named.
internal sealed class Profiles(string directory)
{
    private const string CurrentName = "profile";

    // Who a profile was before it switched within a Home. Apart from the profiles, as it is none.
    private readonly PlexSessionStore _origins = PlexSessionStore.InDirectory(Path.Combine(directory, "before-switch"));

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

    // Throws where a session could not be kept, before there is one to lose.
    public async Task RequireRoomAsync(string profile, CancellationToken cancellationToken)
    {
        foreach (var store in (PlexSessionStore[])[Store, _origins])
        {
            try
            {
                await store.UpdateAsync(profile, session => new(session), cancellationToken);
            }
            catch (InvalidDataException)
            {
                // What holds no session is replaced.
            }
        }

        try
        {
            await new FileStream(Path.Combine(directory, ".room"), FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.DeleteOnClose).DisposeAsync();
        }
        catch (UnauthorizedAccessException)
        {
            throw new ToolException($"{directory} cannot be written. Let this user write there, or name another with PLEXAUTH_HOME.");
        }
    }

    public async Task SaveAsync(string profile, PlexSession? session, CancellationToken cancellationToken)
    {
        await Store.SaveAsync(profile, session, cancellationToken);
        await _origins.SaveAsync(profile, null, cancellationToken);
    }

    public async Task SwitchAsync(string profile, PlexSession session, CancellationToken cancellationToken)
    {
        if (await _origins.LoadAsync(profile, cancellationToken) is null)
            await _origins.SaveAsync(profile, await Store.LoadAsync(profile, cancellationToken), cancellationToken);
        await Store.SaveAsync(profile, session, cancellationToken);
    }

    // Null where it had not switched.
    public async Task<PlexSession?> RestoreAsync(string profile, CancellationToken cancellationToken)
    {
        var origin = await _origins.LoadAsync(profile, cancellationToken);
        if (origin is not null)
            await SaveAsync(profile, origin, cancellationToken);
        return origin;
    }

    public async Task RemoveAsync(string profile, CancellationToken cancellationToken)
    {
        await SaveAsync(profile, null, cancellationToken);
        if (Current == profile)
            File.Delete(CurrentFile);
    }
}
