using System.Diagnostics;

namespace PlexAuth.Tests;

/// <summary>A disk of its own, of few megabytes, over a directory.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _directory;

    private SmallDisk(string directory) => _directory = directory;

    private string Filler => Path.Combine(_directory, "filler");

    /// <summary>Skips the test where nothing can be mounted.</summary>
    public static SmallDisk Mount(string directory, int megabytes = 4)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "Mounting a small disk takes root on Linux.");
        Run("mount", "-t", "tmpfs", "-o", $"mode=700,size={megabytes}m", "tmpfs", directory);
        return new(directory);
    }

    /// <summary>One that can <see cref="Fail"/>. Skips the test where no file can be mounted.</summary>
    /// <param name="directory">Where it is mounted.</param>
    /// <param name="image">The file that it is made of, outside that directory.</param>
    public static SmallDisk MountImage(string directory, string image)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "Mounting a small disk takes root on Linux.");
        using (var file = File.Create(image))
            file.SetLength(16 * 1024 * 1024);
        Run("mkfs.ext4", "-q", "-F", image);
        var trouble = Start("mount", "-o", "loop", image, directory);
        Assert.SkipWhen(trouble is not null, $"No file can be mounted as a disk here: {trouble}");
        Run("chmod", "700", directory);
        return new(directory);
    }

    /// <summary>As a disk with errors does: whatever is open stays so, and nothing more is written.</summary>
    public void Fail() => Remount("abort");

    /// <summary>Mounts its image anew, which repairs it.</summary>
    public void Replug(string image)
    {
        Run("umount", _directory);
        Run("mount", "-o", "loop", image, _directory);
    }

    public void Remount(string option) => Run("mount", "-o", $"remount,{option}", _directory);

    /// <summary>To the last byte, in blocks that get smaller.</summary>
    public void Fill()
    {
        using var stream = new FileStream(Filler, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var block = 64 * 1024; block > 0; block /= 2)
        {
            try
            {
                while (true)
                {
                    stream.Write(new byte[block]);
                    stream.Flush(flushToDisk: true);
                }
            }
            catch (IOException)
            {
                // Full for this size of block.
            }
        }
    }

    public void Free() => File.Delete(Filler);

    public void Dispose() => Run("umount", "-l", _directory);

    private static void Run(string command, params string[] arguments) => Start(command, arguments).ShouldBeNull();

    /// <returns>What it complained of; null if it went well.</returns>
    private static string? Start(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : $"{command}: {error}";
    }
}
