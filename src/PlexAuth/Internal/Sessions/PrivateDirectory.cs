namespace PlexAuth.Internal.Sessions;

/// <summary>A directory whose files only its owner can read: 0700 with 0600 files on Unix, the profile's own access list on Windows.</summary>
internal sealed class PrivateDirectory(string path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string LockName = ".lock";
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(20);

    public string PathOf(string name) => Path.Combine(path, name);

    public IEnumerable<string> List(string pattern) =>
        IsThere() ? Directory.EnumerateFiles(path, pattern).Select(file => Path.GetFileName(file)) : [];

    /// <summary>The file's bytes, or null when there is none.</summary>
    public byte[]? Read(string name)
    {
        var file = PathOf(name);
        if (!IsThere() || !IsAnything(file))
            return null;

        RequireOwnFile(file);
        return File.ReadAllBytes(file);
    }

    /// <inheritdoc cref="LockAsync"/>
    public IDisposable Lock()
    {
        Prepare();
        while (true)
        {
            if (TryLock() is { } held)
                return held;
            Thread.Sleep(LockPoll);
        }
    }

    /// <summary>Keeps all other processes, and the other callers in this one, from the lock until disposed.</summary>
    /// <remarks>The platform gives the lock back when its holder dies, however that happens.</remarks>
    public async Task<IDisposable> LockAsync(CancellationToken cancellationToken)
    {
        Prepare();
        while (true)
        {
            if (TryLock() is { } held)
                return held;
            await Task.Delay(LockPoll, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Replaces the file in one step, by the holder of the lock: a reader, or the next start after a crash, finds the former content or the new one.</summary>
    public void Replace(string name, ReadOnlySpan<byte> content)
    {
        if (Path.Exists(PathOf(name)))
            RequireOwnFile(PathOf(name));

        File.Move(WriteDraft(name, content), PathOf(name), overwrite: true);
    }

    /// <summary>What a killed writer may have left goes too.</summary>
    public void Delete(string name)
    {
        File.Delete(DraftOf(name));
        File.Delete(PathOf(name));
    }

    private static void RequireOwnFile(string file)
    {
        if (Directory.Exists(file))
            throw new IOException($"{file} is a directory where a file is wanted. Remove it, or name another directory.");
        Ownership.RequireOwnerOnly(file);
    }

    /// <summary>Whether the directory is there, and safe; whatever else is in its place is an error, because nobody knows what it hides.</summary>
    private bool IsThere()
    {
        if (!IsAnything(path))
            return false;

        Ownership.RequireOwnerOnly(path);
        return !File.Exists(path) ? true : throw new IOException($"{path} is a file where a directory is wanted. Remove it, or name another directory.");
    }

    /// <summary>False only if there is certainly neither an entry nor a link; throws where that cannot be found out.</summary>
    private static bool IsAnything(string path)
    {
        try
        {
            File.GetAttributes(path);
            return true;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    private FileStream? TryLock()
    {
        try
        {
            return Open(LockName, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        }
        catch (IOException exception) when (IsHeld(exception))
        {
            return null;
        }
    }

    /// <summary>EAGAIN of Linux and of macOS, and Windows' sharing violation; any other failure, such as a read-only disk, would not pass by waiting.</summary>
    private static bool IsHeld(IOException exception) => (exception.HResult & 0xFFFF) is 11 or 35 or 32;

    private void Prepare()
    {
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(path);
            else
                Directory.CreateDirectory(path, OwnerOnly);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw Denied(exception);
        }

        Ownership.RequireOwnerOnly(path);
    }

    private string WriteDraft(string name, ReadOnlySpan<byte> content)
    {
        var draft = DraftOf(name);
        File.Delete(draft);
        using var stream = Open(Path.GetFileName(draft), FileMode.CreateNew, FileAccess.Write);
        stream.Write(content);
        stream.Flush(flushToDisk: true);
        return draft;
    }

    private string DraftOf(string name) => PathOf($".{name}.tmp");

    private FileStream Open(string name, FileMode mode, FileAccess access)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerFile;
        try
        {
            return new FileStream(PathOf(name), options);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw Denied(exception);
        }
    }

    private UnauthorizedAccessException Denied(UnauthorizedAccessException cause) =>
        new($"{path} cannot be written. {cause.Message} Let this user write there, or name another directory.", cause);
}
