using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PlexAuth.Server.Data;

/// <summary>Key file: one line <c>id base64</c> for each key, the newest last; 0600 in a 0700 directory, written whole or not at all.</summary>
internal static class KeyFile
{
    public const int KeyLength = 32;

    public static SortedDictionary<byte, byte[]> Open(DatabaseLocation location, bool mayCreate)
    {
        var path = location.KeyFile!;
        // Elsewhere, the directory is the affair of whoever mounts it.
        if (Path.GetDirectoryName(path) == location.Directory)
            PrivateFiles.EnsureDirectory(location.Directory!);
        if (!File.Exists(path))
        {
            if (!mayCreate)
                throw new PlexAuthDatabaseException($"The key file \"{path}\" that belongs to the database is missing. Restore it from the backup, or copy it from another replica: without it, no stored password can be checked.");
            Create(path);
        }

        PrivateFiles.Check(path);
        return Read(path);
    }

    /// <summary>Adds a key to those that are there; one process at a time should.</summary>
    public static SortedDictionary<byte, byte[]> Add(DatabaseLocation location)
    {
        var keys = Open(location, mayCreate: false);
        var last = keys.Last().Key;
        if (last == byte.MaxValue)
            throw new PlexAuthDatabaseException("The key file has 255 keys, which is all it can have. Remove the oldest that no backup needs.");
        keys.Add((byte)(last + 1), RandomNumberGenerator.GetBytes(KeyLength));
        try
        {
            Write(location.KeyFile!, keys);
            return keys;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PlexAuthDatabaseException($"The key file cannot be replaced ({exception.Message.TrimEnd('.')}). Rotate where it can be written, then put the new one in its place.", exception);
        }
    }

    private static void Create(string path) => Write(path, new() { [1] = RandomNumberGenerator.GetBytes(KeyLength) });

    private static void Write(string path, SortedDictionary<byte, byte[]> keys)
    {
        var draft = path + ".creating";
        File.Delete(draft);
        using (var stream = PrivateFiles.Create(draft))
        {
            foreach (var (id, key) in keys)
                stream.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id} {Convert.ToBase64String(key)}\n")));
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }

    private static SortedDictionary<byte, byte[]> Read(string path)
    {
        try
        {
            var keys = new SortedDictionary<byte, byte[]>();
            foreach (var line in File.ReadLines(path).Where(line => line.Length > 0))
            {
                var parts = line.Split(' ');
                keys.Add(byte.Parse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture), Convert.FromBase64String(parts[1]));
            }

            return keys.Count > 0 && keys.Values.All(key => key.Length == KeyLength) ? keys : throw new FormatException();
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or IndexOutOfRangeException or ArgumentException or IOException or UnauthorizedAccessException)
        {
#pragma warning disable MA0054 // Not passed on: the message of a failed parse could quote a key.
            throw new PlexAuthDatabaseException(
                $"The key file \"{path}\" cannot be read. Restore it from a backup: without it, stored passwords and second factors cannot be checked.");
#pragma warning restore MA0054
        }
    }
}
