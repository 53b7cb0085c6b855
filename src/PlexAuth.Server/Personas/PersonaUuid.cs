using System.Security.Cryptography;
using System.Text;

namespace PlexAuth.Server.Personas;

/// <summary>The identifier of a test account, the same on every server: tests may rely on it, and nothing about such an account is secret.</summary>
internal static class PersonaUuid
{
    public static string Of(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"plexauth persona {name}")).AsSpan(0, 8));
}
