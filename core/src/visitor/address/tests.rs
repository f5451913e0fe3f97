use super::*;

#[test]
fn logout_urls_are_recognized() {
    for url in [
        "https://acme.test/logout",
        "https://acme.test/account/logout.php",
        "https://acme.test/users/sign_out",
        "https://acme.test/Logout.aspx?x=1",
        "https://acme.test/#/logout",
        "https://acme.test/app#!/auth/log-out?x=1",
        "https://acme.test/#logout",
        "https://acme.test/wp-login.php?action=logout&_wpnonce=1",
        "https://acme.test/wp-login.php?loggedout=true",
        "https://acme.test/?logout",
        "https://acme.test/?logged_out=1",
        "https://acme.test/index.php?r=site/logout",
        "https://acme.test/index.php?option=com_users&task=user.logout",
        "https://acme.test/connect/endsession",
        "https://acme.test/login?reason=session_expired",
        "https://acme.test/logout;jsessionid=1",
        "https://acme.test/account/logout.action",
        "https://acme.test/secure/Logout!default.jspa",
        "https://acme.test/customer/account/logoutSuccess/",
        "https://acme.test/my-account/customer-logout/",
        "https://acme.test/d%C3%A9connexion",
        "https://acme.test/cerrar-sesion",
        "https://acme.test/de/abmelden",
        "https://acme.test/account/sign-off",
        "https://acme.test/?q=user/logout",
        "https://acme.test/shop/index.php?q=user%2Flogout",
        "https://acme.test/index.php?r=site%2Flogout",
        "https://acme.test/signout-oidc?sid=1",
        "https://acme.test/signout-callback-oidc",
        "https://acme.test/j_spring_security_logout",
        "https://acme.test/user-logout",
        "https://acme.test/app/LogoutServlet",
        "https://acme.test/logout,1",
        "https://acme.test/#logout=1",
        "https://acme.test/app#view=home&logout=true",
        "https://acme.test/app.do?method=logout",
        "https://acme.test/index.php?a=logout",
        "https://acme.test/auth?type=logout",
        "https://acme.test/index.cfm?fuseaction=login.logout",
        "https://acme.test/login?state=loggedout",
        "https://acme.test/sair",
        "https://acme.test/conta/sair",
        "https://acme.test/salir",
        "https://acme.test/es/salir",
        "https://acme.test/cerrar-sesi%C3%B3n",
        "https://acme.test/encerrar-sess%c3%a3o",
        "https://acme.test/%E3%83%AD%E3%82%B0%E3%82%A2%E3%82%A6%E3%83%88",
        "https://acme.test/log%20out",
        "https://acme.test/post-logout",
        "https://acme.test/logout-successful",
        "https://acme.test/auth/logout-callback",
        "https://acme.test/auto-logout",
        "https://acme.test/single-sign-out",
        "https://acme.test/session-ended",
        "https://acme.test/index.php?main_page=logoff",
        "https://acme.test/index.php?dispatch=auth.logout",
        "https://acme.test/?accion=logout",
        "https://acme.test/?error=session_expired",
        "https://acme.test/ausgeloggt",
        "https://acme.test/terminar-sess%C3%A3o",
        "https://acme.test/pt-BR/sair",
        "https://acme.test/mi-cuenta/salir",
        "https://acme.test/mein-konto/abmelden",
    ] {
        assert_eq!(purpose(url), Purpose::Logout, "{url}");
    }
}

#[test]
fn pages_about_logging_out_are_not_logout_urls() {
    for url in [
        "https://logout.test/",
        "https://acme.test/help/how-to-logout",
        "https://acme.test/help/logout",
        "https://acme.test/docs#logout",
        "https://acme.test/faq.html#/logout",
        "https://acme.test/?page=help/logout",
        "https://acme.test/search?q=logout",
        "https://acme.test/login?next=/logout",
        "https://acme.test/?logout=false",
        "https://acme.test/settings/logout-devices",
        "https://acme.test/blogout",
        "https://acme.test/newsletter/abmelden",
        "https://acme.test/projects/42/sign-off",
        "https://acme.test/hilfe/abmelden",
        "https://acme.test/api-reference/logout",
        "https://acme.test/tags/logout",
        "https://acme.test/aide/deconnexion",
        "https://acme.test/logout-policy",
        "https://acme.test/articles/logout-policy",
        "https://acme.test/hc/logout",
        "https://acme.test/knowledge-base/user-logout",
        "https://acme.test/wiki/LogoutServlet",
        "https://acme.test/docs/signout-oidc",
        "https://acme.test/?q=logout",
        "https://acme.test/?q=how/to/logout",
        "https://acme.test/search?q=user/logout",
        "https://acme.test/search/?q=user/logout",
        "https://acme.test/docs/?q=user/logout",
        "https://acme.test/#logout=0",
        "https://acme.test/#q=logout",
        "https://acme.test/admin/audit-log?type=logout",
        "https://acme.test/events?a=logout",
        "https://acme.test/reports/42?action=logout",
        "https://acme.test/?state=login",
        "https://acme.test/?type=logout-policy",
        "https://acme.test/madrid/salir",
        "https://acme.test/viagens/sair-de-lisboa",
        "https://acme.test/ajuda/sair",
        "https://acme.test/single-logout-explained",
        "https://acme.test/%E3%83%AD%E3%82%B0",
        "https://acme.test/100%",
        "about:blank",
        "",
    ] {
        assert_ne!(purpose(url), Purpose::Logout, "{url}");
    }
}

#[test]
fn login_urls_are_recognized() {
    for url in [
        "https://a.test/login",
        "https://a.test/users/sign_in/",
        "https://a.test/#/login",
        "https://a.test/login/index.php",
        "https://a.test/de/anmelden",
        "https://a.test/iniciar-sesi%C3%B3n",
        "https://a.test/%E3%83%AD%E3%82%B0%E3%82%A4%E3%83%B3",
    ] {
        assert!(is_login(url), "{url}");
    }
    for url in [
        "https://a.test/login/callback",
        "https://a.test/help/login",
        "https://a.test/",
        "https://login.test/a",
        "https://a.test/settings/login",
        "https://a.test/kurse/42/anmelden",
    ] {
        assert!(!is_login(url), "{url}");
    }
}

#[test]
fn impersonation_is_recognized() {
    for url in [
        "https://a.test/admin/users/7/impersonate",
        "https://a.test/?_switch_user=ada",
        "https://a.test/admin#/login-as/7",
        "https://a.test/wp-login.php?action=switch_to_user&user_id=7",
        "https://a.test/wp-admin/?user_switched=true",
        "https://a.test/users/stop_impersonating",
        "https://a.test/impersonate_user/3",
        "https://a.test/?impersonating=true",
        "https://a.test/#impersonate=7",
        "https://a.test/impersonations/3",
        "https://a.test/?impersonated_user_id=7",
        "https://a.test/leave-impersonation",
        "https://a.test/login_as_user/7",
        "https://a.test/unmasquerade",
        "https://a.test/view-as-customer",
        "https://a.test/on-behalf-of/7",
        "https://a.test/servlet/servlet.su?oid=1&suorgadminid=2",
    ] {
        assert!(is_impersonation(url), "{url}");
    }
    for url in [
        "https://a.test/login?as=ada",
        "https://a.test/servlet/report.su",
        "https://a.test/impersonators",
        "https://a.test/help/celebrity-impersonation-policy",
    ] {
        assert!(!is_impersonation(url), "{url}");
    }
}

#[test]
fn pages_that_change_a_name_are_recognized() {
    assert!(is_setting("https://a.test/users/7/edit") && is_setting("https://a.test/#/profile"));
    assert!(!is_setting("https://a.test/account") && !is_setting("https://profile.test/"));
}

#[test]
fn a_fragment_may_have_only_parameters() {
    assert_eq!(path_and_query("a=b?c"), ("", Some("a=b?c")));
    assert_eq!(path_and_query("/a=b?c"), ("/a=b", Some("c")));
    assert_eq!(path_and_query("top"), ("top", None));
}

#[test]
fn significant_parts_keep_their_meaning() {
    assert_eq!(significant_part("logout.php"), Some("logout.php"));
    assert_eq!((significant_part("help"), significant_part("ada")), (Some("help"), None));
    assert_eq!(significant_part("logout;ada@acme.test"), Some("logout"));
    assert_eq!(significant_pair("q=user/logout").as_deref(), Some("q=user/logout"));
    assert_eq!(significant_pair("q=ada/logout"), None);
    assert_eq!(significant_pair("task=ada.logout").as_deref(), Some("task=logout"));
    assert_eq!(significant_pair("_switch_user=ada").as_deref(), Some("_switch_user=1"));
    assert_eq!(significant_pair("loggedout=true").as_deref(), Some("loggedout=true"));
    assert_eq!(significant_pair("action=switch_to_user").as_deref(), Some("action=switchtouser"));
    assert_eq!(significant_pair("next=/logout"), None);
}
