using System.Security.Cryptography;
using System.Text;

namespace PlexAuth.Internal.Sessions;

/// <summary>The client identifier of an installation: given by the environment, else made once and kept in a file.</summary>
internal static class InstallationIdentifier
{
    private const string Variable = "PLEX_CLIENT_IDENTIFIER";
    private const string FileName = "client-identifier";

    public static string Get(string? directory, string product) =>
        EnvironmentVariables.Read(Variable) ?? GetKept(new PrivateDirectory(directory is null ? StateDirectory.Of(product) : Path.GetFullPath(directory)));

    private static string GetKept(PrivateDirectory directory)
    {
        if (Read(directory) is { } kept)
            return kept;

        using (directory.Lock())
        {
            if (Read(directory) is { } fromAnother)
                return fromAnother;

            var made = RandomNumberGenerator.GetHexString(32, lowercase: true);
            directory.Replace(FileName, Encoding.ASCII.GetBytes(made + "\n"));
            return made;
        }
    }

    private static string? Read(PrivateDirectory directory) =>
        directory.Read(FileName) is { } content ? Encoding.UTF8.GetString(content).Trim() : null;
}
