namespace PlexAuth.Server.Data;

/// <summary>Files and directories that nobody but their owner may open.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerDirectory = OwnerFile | UnixFileMode.UserExecute;
    private const UnixFileMode Others = (UnixFileMode)0b000_111_111;

    /// <exception cref="PlexAuthDatabaseException">The directory is there and others may enter it, or it cannot be made.</exception>
    public static void EnsureDirectory(string path)
    {
        if (File.Exists(path))
            throw new PlexAuthDatabaseException($"\"{path}\" is a file where a directory is wanted. Move it away, or set another data directory.");
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(path);
            else if (Directory.Exists(path))
                Refuse(path, File.GetUnixFileMode(path), "700");
            else
                Directory.CreateDirectory(path, OwnerDirectory);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new PlexAuthDatabaseException($"The directory \"{path}\" cannot be made: {exception.Message} Let this user write there, or set another data directory.", exception);
        }
    }

    /// <exception cref="PlexAuthDatabaseException">The file is there and others may open it.</exception>
    public static void Check(string path)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(path))
            Refuse(path, File.GetUnixFileMode(path), "600");
    }

    /// <summary>Creates a file that must not be there yet, already private when it appears.</summary>
    public static FileStream Create(string path) => Open(path, FileMode.CreateNew);

    /// <summary>Opens for this process alone.</summary>
    /// <exception cref="IOException">Another process has it open.</exception>
    public static FileStream OpenOrCreate(string path) => Open(path, FileMode.OpenOrCreate);

    private static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerFile;
        return new FileStream(path, options);
    }

    private static void Refuse(string path, UnixFileMode mode, string wanted)
    {
        if ((mode & Others) != UnixFileMode.None)
            throw new PlexAuthDatabaseException($"Other users of this machine may open \"{path}\", which holds secrets. Run: chmod {wanted} \"{path}\"");
    }
}
