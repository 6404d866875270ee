//! The real program on a virtual screen, driven over egui's inspection protocol.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use egui::accesskit::{Node, NodeId};
use egui::{Event, pos2};
use egui_inspection::protocol::{Request, Response, read_handshake, read_message, write_message};

use super::hands::{Hands, Widget};

/// A process that ends with this.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The program with its screen; both end with this.
pub struct Program {
    stream: TcpStream,
    program: Ended,
    _screen: Ended,
}

impl Program {
    /// Starts the program as [`start`](Self::start) does, or says why the test is skipped: where everything is there that it
    /// needs, a test that does not run is a test that fails.
    pub fn start_or_skip(home: &Path, size: [f32; 2]) -> Option<Self> {
        match Self::start(home, size) {
            Ok(program) => Some(program),
            Err(why) if std::env::var_os("MAAKBLOK_NEEDS_WINDOW").is_some() => panic!("{why}"),
            Err(why) => {
                eprintln!("skipped: {why}");
                None
            }
        }
    }

    /// Starts the program on a screen of its own, its user's folders in `home`.
    ///
    /// # Errors
    /// Why it cannot be done on this machine.
    fn start(home: &Path, size: [f32; 2]) -> Result<Self, String> {
        let (screen, display) = screen()?;
        let port = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).map_err(|err| err.to_string())?.port();
        let program = Command::new(env!("CARGO_BIN_EXE_maakblok"))
            .args(["--renderer", "glow"])
            .env("DISPLAY", format!(":{display}"))
            .env("MAAKBLOK_HOME", home.join("home"))
            .env("XDG_RUNTIME_DIR", home)
            .env("LC_ALL", "C")
            .env("EGUI_INSPECTION", format!("127.0.0.1:{port}"))
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .env_remove("WAYLAND_DISPLAY")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .map_err(|err| format!("the program does not start: {err}"))?;
        let program = Ended(program);
        let stream = connect(port);
        let mut program = Self { stream, program, _screen: screen };
        let [width, height] = size.map(|side| side as u32);
        program.ask(&Request::Resize { width, height });
        program.settle();
        Ok(program)
    }

    fn ask(&mut self, request: &Request) -> Response {
        let answer = write_message(&mut self.stream, request).and_then(|()| read_message(&mut self.stream));
        match answer {
            Ok(Response::Error { message }) => panic!("{message}"),
            Ok(response) => response,
            Err(err) => {
                std::thread::sleep(Duration::from_millis(500));
                panic!("{err}; the program: {:?}; it was asked {request:?}", self.program.0.try_wait())
            }
        }
    }

    /// Closes the window as its user would, and sees that the program ends well.
    pub fn quit(&mut self) {
        use egui::{Key, Modifiers};
        let modifiers = Modifiers { ctrl: true, command: true, ..Modifiers::NONE };
        let key = Event::Key { key: Key::Q, physical_key: None, pressed: true, repeat: false, modifiers };
        let _ = write_message(&mut self.stream, &Request::ApplyEvents { events: vec![key] });
        let until = Instant::now() + Duration::from_secs(20);
        let status = loop {
            match self.program.0.try_wait().unwrap() {
                Some(status) => break status,
                None if Instant::now() < until => std::thread::sleep(Duration::from_millis(50)),
                None => panic!("the program does not end"),
            }
        };
        assert!(status.success(), "{status}");
    }
}

/// A virtual screen and its number.
fn screen() -> Result<(Ended, String), String> {
    let mut screen = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|err| format!("Xvfb does not start: {err}"))?;
    let mut display = String::new();
    let out = screen.stdout.take().ok_or("Xvfb says nothing")?;
    let screen = Ended(screen);
    BufReader::new(out).read_line(&mut display).map_err(|err| err.to_string())?;
    let display = display.trim().to_owned();
    if display.is_empty() { Err("Xvfb found no free display".to_owned()) } else { Ok((screen, display)) }
}

fn connect(port: u16) -> TcpStream {
    let until = Instant::now() + Duration::from_secs(60);
    let stream = loop {
        match TcpStream::connect(("127.0.0.1", port)) {
            Ok(stream) => break stream,
            Err(_) if Instant::now() < until => std::thread::sleep(Duration::from_millis(100)),
            Err(err) => panic!("no window answers: {err}"),
        }
    };
    stream.set_nodelay(true).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    read_handshake(&stream).unwrap();
    stream
}

impl Hands for Program {
    fn events(&mut self, events: Vec<Event>) {
        self.ask(&Request::ApplyEvents { events });
    }

    fn settle(&mut self) {
        self.ask(&Request::Settle { max_steps: 30 });
    }

    fn widgets(&mut self) -> Vec<Widget> {
        let Response::Tree { accesskit: Some(update), .. } = self.ask(&Request::GetTree) else {
            return Vec::new();
        };
        let nodes: HashMap<NodeId, &Node> = update.nodes.iter().map(|(id, node)| (*id, node)).collect();
        let mut widgets = Vec::new();
        let root = update.tree.as_ref().map(|tree| tree.root);
        let mut stack: Vec<NodeId> = root.into_iter().collect();
        while let Some(node) = stack.pop().and_then(|id| nodes.get(&id)) {
            stack.extend(node.children().iter().rev());
            let Some(bounds) = node.bounds() else { continue };
            let labels = node.labelled_by().iter().filter_map(|id| nodes.get(id));
            let labels = labels.filter_map(|label| label.value().or_else(|| label.label())).collect::<Vec<_>>();
            widgets.push(Widget {
                role: format!("{:?}", node.role()),
                label: node.label().map_or_else(|| labels.join(" "), ToOwned::to_owned),
                value: node.value().unwrap_or_default().to_owned(),
                disabled: node.is_disabled(),
                rect: egui::Rect::from_min_max(
                    pos2(bounds.x0 as f32, bounds.y0 as f32),
                    pos2(bounds.x1 as f32, bounds.y1 as f32),
                ),
            });
        }
        widgets
    }
}
