using System.Runtime.InteropServices;

namespace PlexAuth.Internal.Sessions;

/// <summary>Refuses a file or directory that another user of this machine could read, or could have put there.</summary>
internal static partial class Ownership
{
    private const UnixFileMode OthersMask = (UnixFileMode)0b000_111_111;

    /// <exception cref="UnauthorizedAccessException">It is a symbolic link, open to others or somebody else's.</exception>
    public static void RequireOwnerOnly(string path)
    {
        if (OperatingSystem.IsWindows())
            return;

        if (new FileInfo(path).LinkTarget is not null)
            throw new UnauthorizedAccessException($"{path} is a symbolic link. A sign-in is only kept in a real file: remove the link.");

        var mode = File.GetUnixFileMode(path);
        if ((mode & OthersMask) != UnixFileMode.None)
            throw new UnauthorizedAccessException($"{path} is open to other users (mode {Convert.ToString((int)mode, 8)}). Close it with: chmod go-rwx '{path}'");

        if (!IsMine(path, mode))
            throw new UnauthorizedAccessException($"{path} belongs to another user. Remove it, or keep sessions in a directory of your own.");
    }

    private static bool IsMine(string path, UnixFileMode mode)
    {
        if (OperatingSystem.IsLinux())
            return OwnerOf(path) == EffectiveUser();

        try
        {
            // Only an owner may set the mode, even to what it is.
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, mode);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    // .NET does not tell a file's owner. statx has one layout on every Linux architecture: the owner is a 32-bit number at offset 20.
    private static uint OwnerOf(string path)
    {
        const int CurrentDirectory = -100, NoFollow = 0x100;
        const uint OwnerWanted = 0x8;
        var answer = new byte[256];
        if (StatX(CurrentDirectory, path, NoFollow, OwnerWanted, answer) != 0)
            throw new IOException($"{path} cannot be examined: {Marshal.GetLastPInvokeErrorMessage()}");

        return BitConverter.ToUInt32(answer, 20);
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatX(int directory, string path, int flags, uint mask, [Out] byte[] answer);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint EffectiveUser();
}
