using System.Text;
using PlexAuth.Server.Data;

namespace PlexAuth.Server.Accounts;

/// <summary>The PINs that protect members of a Home, hashed as passwords are and sealed, since ten thousand guesses undo a hash alone.</summary>
internal sealed class HomePins(KeyRing keys)
{
    private const string Purpose = "home-pin";

    public byte[] Seal(string uuid, string hash) => keys.Seal(Purpose, uuid, Encoding.UTF8.GetBytes(hash));
}
