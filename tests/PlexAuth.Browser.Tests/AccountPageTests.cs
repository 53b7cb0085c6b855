using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Microsoft.Playwright;

namespace PlexAuth.Browser.Tests;

public sealed class AccountPageTests(Chromium chromium)
{
    [Fact]
    public async Task Removing_a_device_refuses_its_next_request()
    {
        await using var site = await PlexSite.StartAsync();
        await using var visitor = await chromium.VisitAsync(site);
        var pin = await site.AskAsync(deviceName: "Old phone");
        await visitor.GoAsync(site.AuthAddress(pin));
        await visitor.SignInAsync("bob");
        await visitor.SeeAsync("Let Overseerr use your account?");
        await visitor.ClickAsync("Allow");
        await visitor.SeeAsync("Overseerr is signed in");
        var token = await site.PollAsync(pin);
        (await site.WhoIsAsync(token)).ShouldBe("bob");

        await visitor.GoAsync("/account");
        var remove = visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Remove Old phone" });
        await remove.ClickAsync();
        await visitor.ClickAsync("Keep");
        (await site.WhoIsAsync(token)).ShouldBe("bob");
        await remove.ClickAsync();
        await visitor.ClickAsync("Remove");
        await remove.WaitForAsync(new() { State = WaitForSelectorState.Detached });

        (await Should.ThrowAsync<HttpRequestException>(() => site.WhoIsAsync(token))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await visitor.GoAsync("/account");
        (await visitor.SeeAsync("Your account")).ShouldContain("A device was removed");
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_second_factor_is_turned_on_used_and_turned_off()
    {
        await using var site = await PlexSite.StartAsync();
        await using var visitor = await chromium.VisitAsync(site);
        await visitor.GoAsync("/account");
        await visitor.SignInAsync("bob");
        await visitor.SeeAsync("Your account");
        var page = visitor.Page;

        await page.Locator("#begin-password").FillAsync("wrong");
        await visitor.ClickAsync("Turn on");
        await page.Locator("[data-factor-error]:has-text('That is not your password')").WaitForAsync();
        await page.Locator("#begin-password").FillAsync("bob-password");
        await visitor.ClickAsync("Turn on");
        await page.Locator("#confirm-code").WaitForAsync();
        (await page.Locator("[data-factor-qr]").EvaluateAsync<bool>("async image => { await image.decode(); return image.naturalWidth > 100; }")).ShouldBeTrue();
        var secret = (await page.Locator("[data-factor-secret]").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await page.Locator("#confirm-code").FillAsync(CodeOf(secret));
        await visitor.ClickAsync("Confirm");
        await visitor.SeeAsync("Your backup codes");
        var codes = await page.Locator("[data-backup-codes] code").AllInnerTextsAsync();
        codes.Count.ShouldBe(10);

        await visitor.ClickAsync("Sign out");
        await visitor.SeeAsync("Sign in");
        await visitor.SignInAsync("bob", codes[0].ToLowerInvariant());
        (await visitor.SeeAsync("Your account")).ShouldContain("A backup code was used");
        await page.Locator("#change-password").FillAsync("bob-password");
        await page.Locator("#change-code").FillAsync(codes[1]);
        await visitor.ClickAsync("Turn off");
        await page.Locator("#begin-password").WaitForAsync();
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_new_password_signs_out_everything_but_the_browser_it_was_typed_in()
    {
        await using var site = await PlexSite.StartAsync();
        await using var visitor = await chromium.VisitAsync(site);
        await using var other = await chromium.VisitAsync(site);
        foreach (var browser in new[] { visitor, other })
        {
            await browser.GoAsync("/account");
            await browser.SignInAsync("bob");
            await browser.SeeAsync("Your account");
        }

        await visitor.Page.Locator("#old-password").FillAsync("bob-password");
        await visitor.Page.Locator("#new-password").FillAsync("password1");
        await visitor.ClickAsync("Change password");
        await visitor.Page.Locator("[data-password-error]:not(:empty)").WaitForAsync();
        await visitor.Page.Locator("#old-password").FillAsync("bob-password");
        await visitor.Page.Locator("#new-password").FillAsync("seven purple otters");
        await visitor.ClickAsync("Change password");
        await visitor.Page.Locator("[data-password-done]:not(:empty)").WaitForAsync();
        (await visitor.SeeAsync("Your account")).ShouldContain("The password was changed");
        // The session goes on, and so do its calls.
        await visitor.Page.Locator("#old-password").FillAsync("seven purple otters");
        await visitor.Page.Locator("#new-password").FillAsync("eight purple otters");
        await visitor.ClickAsync("Change password");
        await visitor.Page.Locator("[data-password-done]:not(:empty)").WaitForAsync();

        await other.GoAsync("/account");
        await other.SeeAsync("Sign in");
        visitor.Complaints.ShouldBeEmpty();
    }

    /// <summary>RFC 6238, as an authenticator app does it.</summary>
    private static string CodeOf(string secret)
    {
        var bits = string.Concat(secret.Select(character => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(character, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var seed = bits.Chunk(8).Where(chunk => chunk.Length == 8).Select(chunk => Convert.ToByte(new string(chunk), 2)).ToArray();
        var step = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(step, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // What authenticator apps use.
        var hash = HMACSHA1.HashData(seed, step);
#pragma warning restore CA5350
        return ((BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue) % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }
}
