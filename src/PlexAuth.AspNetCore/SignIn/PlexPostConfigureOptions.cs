using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PlexAuth.AspNetCore.Accounts;

namespace PlexAuth.AspNetCore;

/// <summary>Fills in what needs services.</summary>
internal sealed class PlexPostConfigureOptions(IDataProtectionProvider dataProtection, ILoggerFactory loggers, AccountServiceHealth health) : IPostConfigureOptions<PlexOptions>
{
    public void PostConfigure(string? name, PlexOptions options)
    {
        options.DataProtectionProvider ??= dataProtection;
        options.StateDataFormat ??= new PropertiesDataFormat(options.DataProtectionProvider.CreateProtector(typeof(PlexHandler).FullName!, name ?? "", "v1"));
        options.Backchannel ??= Backchannel.Create(options.BackchannelHttpHandler, options.BackchannelTimeout);
        options.Service ??= new Lazy<AccountService>(() => new AccountService(options.Backchannel, new PlexClientOptions
        {
            Identity = options.CreateIdentity(),
            AccountUrl = options.AccountUrl,
            AuthPageUrl = options.AuthPageUrl,
            LoggerFactory = loggers,
            TimeProvider = options.TimeProvider ?? TimeProvider.System,
        }, health));
    }
}
