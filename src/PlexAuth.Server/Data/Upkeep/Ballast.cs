using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace PlexAuth.Server.Data;

/// <summary>A file beside an SQLite database that holds a megabyte of the disk back: deleting rows takes space before it gives any, and on a full disk there is none.</summary>
internal sealed partial class Ballast(IOptions<PlexAuthServerOptions> options, ILogger<Ballast> logger)
{
    private const string FileName = "plexauth.ballast";
    private const int Size = 1024 * 1024;

    /// <summary>As much must be left besides, or taking it would fill the disk.</summary>
    private const int Spare = 4 * Size;

    private readonly string? _path = DatabaseLocation.From(options.Value).Path is { } database ? Path.Combine(Path.GetDirectoryName(database)!, FileName) : null;

    /// <returns>False when there is nothing to give up.</returns>
    public bool Release()
    {
        if (_path is null || !File.Exists(_path))
            return false;
        File.Delete(_path);
        Released(_path);
        return true;
    }

    /// <summary>Takes the space again once there is plenty.</summary>
    public void Restore()
    {
        if (_path is null || File.Exists(_path))
            return;
        try
        {
            if (new DriveInfo(Path.GetDirectoryName(_path)!).AvailableFreeSpace < Size + Spare)
                return;
            using var file = PrivateFiles.Create(_path);
            file.Write(new byte[Size]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // It is a help that can be done without, on a disk that fills up meanwhile or is none.
            File.Delete(_path);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The disk is full. {File} was given up so that expired rows can be deleted; make room, or sign-ins go on being refused")]
    private partial void Released(string file);
}
