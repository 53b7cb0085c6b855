using System.Text;

namespace PlexAuth.Tests;

/// <summary>The recorded answers.</summary>
internal static class Wire
{
    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "fixtures", name));

    public static string Text(string name) => Encoding.UTF8.GetString(Bytes(name));
}
