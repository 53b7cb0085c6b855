using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PlexAuth.Cli.Sessions;

// What stays between two calls of the tool: the sign-in, and the client identifier that outlives it.
internal sealed class SessionFile(string directory)
{
    private const string SessionName = "session.json";
    private const string IdentifierName = "client-identifier";

    private readonly PrivateDirectory _directory = new(directory);

    public string FileName => _directory.PathOf(SessionName);

    public Session? Load()
    {
        if (_directory.Read(SessionName) is not { } content)
            return null;

        try
        {
            return JsonSerializer.Deserialize(content, SessionJson.Default.Session) ?? throw new JsonException("It is empty.");
        }
        catch (JsonException)
        {
            throw new ToolException($"{FileName} does not hold a sign-in. Remove it and sign in again with: plexauth signin");
        }
    }

    public void Save(Session session) => _directory.Replace(SessionName, JsonSerializer.SerializeToUtf8Bytes(session, SessionJson.Default.Session));

    public void Forget() => _directory.Delete(SessionName);

    // Made at the first call and kept: an account lists each identifier as one more device.
    public string ClientIdentifier()
    {
        var content = _directory.Read(IdentifierName) ?? _directory.CreateOnce(IdentifierName, NewIdentifier());
        return Encoding.UTF8.GetString(content).Trim();
    }

    private static byte[] NewIdentifier() => Encoding.ASCII.GetBytes($"plexauth-{RandomNumberGenerator.GetHexString(24, lowercase: true)}\n");
}
