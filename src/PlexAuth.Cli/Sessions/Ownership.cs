using System.Runtime.InteropServices;

namespace PlexAuth.Cli.Sessions;

// Refuses a file or directory that another account of this machine could read, or could have put there.
internal static class Ownership
{
    private const UnixFileMode OthersMask = (UnixFileMode)0b000_111_111;

    public static void RequireOwnerOnly(string path)
    {
        if (OperatingSystem.IsWindows())
            return;

        if (new FileInfo(path).LinkTarget is not null)
            throw new ToolException($"{path} is a symbolic link. A sign-in is only kept in a real file: remove the link.");

        var mode = File.GetUnixFileMode(path);
        if ((mode & OthersMask) != UnixFileMode.None)
            throw new ToolException(
                $"{path} is open to other users (mode {Convert.ToString((int)mode, 8)}). Close it with: chmod go-rwx '{path}'");

        if (!IsMine(path, mode))
            throw new ToolException($"{path} belongs to another user. Remove it, or set PLEXAUTH_HOME to a directory of your own.");
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
        const int currentDirectory = -100, noFollow = 0x100;
        const uint ownerWanted = 0x8;
        var answer = new byte[256];
        if (StatX(currentDirectory, path, noFollow, ownerWanted, answer) != 0)
            throw new ToolException($"{path} cannot be examined: {Marshal.GetLastPInvokeErrorMessage()}");

        return BitConverter.ToUInt32(answer, 20);
    }

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatX(int directory, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] answer);

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint EffectiveUser();
}
