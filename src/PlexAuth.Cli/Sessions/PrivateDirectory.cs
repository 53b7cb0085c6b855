using System.Security.Cryptography;

namespace PlexAuth.Cli.Sessions;

// A directory whose files only its owner can read: 0700 with 0600 files on Unix, the profile's own access list on Windows.
internal sealed class PrivateDirectory(string path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string PathOf(string name) => Path.Combine(path, name);

    // The file's bytes, or null when there is none.
    public byte[]? Read(string name)
    {
        if (!Directory.Exists(path))
            return null;

        Ownership.RequireOwnerOnly(path);
        var file = PathOf(name);
        if (!Path.Exists(file))
            return null;

        Ownership.RequireOwnerOnly(file);
        return File.ReadAllBytes(file);
    }

    // Replaces the file in one step: a reader, or the next start after a crash, finds the former content or the new one.
    public void Replace(string name, ReadOnlySpan<byte> content)
    {
        Prepare(name);
        File.Move(WriteTemporary(name, content), PathOf(name), overwrite: true);
    }

    // Writes the file unless somebody else did so first; returns what the file holds then.
    public byte[] CreateOnce(string name, byte[] content)
    {
        Prepare(name);
        var temporary = WriteTemporary(name, content);
        try
        {
            File.Move(temporary, PathOf(name), overwrite: false);
            return content;
        }
        catch (IOException) when (File.Exists(PathOf(name)))
        {
            File.Delete(temporary);
            return Read(name)!;
        }
    }

    // Also removes what a killed writer may have left behind.
    public void Delete(string name)
    {
        if (!Directory.Exists(path))
            return;

        foreach (var temporary in Directory.EnumerateFiles(path, $".{name}.*.tmp"))
            File.Delete(temporary);
        File.Delete(PathOf(name));
    }

    private void Prepare(string name)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnerOnly);

        Ownership.RequireOwnerOnly(path);
        if (Path.Exists(PathOf(name)))
            Ownership.RequireOwnerOnly(PathOf(name));
    }

    private string WriteTemporary(string name, ReadOnlySpan<byte> content)
    {
        var temporary = PathOf($".{name}.{RandomNumberGenerator.GetHexString(12, lowercase: true)}.tmp");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerFile;

        using var stream = new FileStream(temporary, options);
        stream.Write(content);
        stream.Flush(flushToDisk: true);
        return temporary;
    }
}
